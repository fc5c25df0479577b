// The page of one service point. It shows what the server sends and tells it what the person does; it decides nothing.
// Nothing of a person is kept: not in storage, not in the address, not in the history, and not on the screen once the
// event stream is silent.
"use strict";

(() => {
  // Milliseconds. In a session the server sends something at least every 400 ms.
  const silenceInSession = 900;
  const silenceOutside = 12000;
  const backOff = [250, 500, 1000, 2000, 4000];
  const backOffWithoutToken = 10000;
  // How long a button stays quiet after a press, unless an answer comes before.
  const answerTimeout = 1000;
  // Presses of PIN keys that may wait for the answer to the one before; the longest PIN has 16 digits.
  const pendingMax = 16;

  const screenNode = document.getElementById("screen");
  const neutralNode = document.getElementById("neutral");
  const announcer = document.getElementById("announcer");
  const point = new URLSearchParams(location.search).get("point") || "";

  let token = takeToken();
  let streamID = "";
  let shown = "";
  let inSession = false;
  let superseded = false;
  let generation = 0;
  let attempts = 0;
  let controller = null;
  let silenceTimer = 0;
  let retryTimer = 0;
  let countdownTimer = 0;
  let answerTimer = 0;
  let busy = false;
  let pending = [];

  // The token comes in the fragment, which no server and no log sees, and is taken out of the address at once.
  function takeToken() {
    const found = new URLSearchParams(location.hash.slice(1)).get("token") || "";
    history.replaceState(null, "", location.pathname + location.search);
    return found;
  }

  // --- Blank

  function blank(state) {
    screenNode.replaceChildren();
    screenNode.hidden = true;
    announcer.textContent = "";
    pending = [];
    busy = false;
    shown = "";
    streamID = "";
    inSession = false;
    clearTimeout(silenceTimer);
    clearTimeout(answerTimer);
    clearInterval(countdownTimer);
    document.documentElement.lang = "zh-Hans";
    neutralNode.dataset.state = state;
    neutralNode.hidden = false;
  }

  function heard() {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(lost, inSession ? silenceInSession : silenceOutside);
  }

  function lost() {
    const state = superseded ? "superseded" : token ? "lost" : "no-token";
    generation += 1;
    if (controller) controller.abort();
    controller = null;
    blank(state);
    clearTimeout(retryTimer);
    if (superseded) return;
    if (!token) return;
    retryTimer = setTimeout(connect, backOff[Math.min(attempts, backOff.length - 1)]);
    attempts += 1;
  }

  // --- The stream

  async function connect() {
    generation += 1;
    const mine = generation;
    clearTimeout(retryTimer);
    controller = new AbortController();
    heard();
    try {
      const response = await fetch("/kiosk/events?point=" + encodeURIComponent(point), {
        headers: { "X-OneCard-Page": token, Accept: "text/event-stream" },
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
        signal: controller.signal,
      });
      if (mine !== generation) return;
      if (response.status === 401 || response.status === 404) {
        blank("no-token");
        retryTimer = setTimeout(connect, backOffWithoutToken);
        return;
      }
      if (response.ok) await read(response.body.getReader(), mine);
    } catch (error) {
      // A broken stream is an ended one.
    }
    if (mine === generation) lost();
  }

  async function read(reader, mine) {
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done || mine !== generation) return;
      text += decoder.decode(value, { stream: true });
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        receive(text.slice(0, end));
        text = text.slice(end + 2);
        if (mine !== generation) return;
      }
    }
  }

  function receive(block) {
    let name = "";
    let data = "";
    for (const line of block.split("\n")) {
      if (line.startsWith("event: ")) name = line.slice(7);
      if (line.startsWith("data: ")) data += line.slice(6);
    }
    if (name === "hello") {
      streamID = JSON.parse(data).page;
      attempts = 0;
    } else if (name === "screen") {
      show(JSON.parse(data));
    } else if (name === "superseded") {
      superseded = true;
      lost();
      return;
    }
    heard();
  }

  // --- The screen

  function show(event) {
    const focused = document.activeElement && document.activeElement.id;
    const isNew = event.screen !== shown;
    inSession = event.inSession;
    shown = event.screen;
    document.documentElement.lang = event.language;
    screenNode.innerHTML = event.html;
    screenNode.hidden = false;
    neutralNode.hidden = true;
    announce(event.announcement);
    startCountdown(event.secondsLeft);
    offerScrolling();
    const kept = !isNew && focused && document.getElementById(focused);
    const target = kept || screenNode.querySelector("[data-focus]");
    if (target) target.focus({ preventScroll: !isNew });
    answered();
    if (isNew) pending = [];
    pressPending();
  }

  function announce(text) {
    if (announcer.textContent !== text) announcer.textContent = text || "";
  }

  function startCountdown(seconds) {
    clearInterval(countdownTimer);
    const node = screenNode.querySelector("[data-countdown]");
    if (!node || seconds === null || seconds === undefined) return;
    const number = node.querySelector("[data-seconds]");
    const end = performance.now() + seconds * 1000;
    let last = seconds;
    const tick = () => {
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      number.textContent = String(left);
      node.classList.toggle("is-soon", left <= 30 && node.hasAttribute("data-announce-30"));
      node.classList.toggle("is-now", left <= 10 && node.hasAttribute("data-announce-10"));
      for (const mark of [30, 10]) {
        const words = node.getAttribute("data-announce-" + mark);
        if (words && last > mark && left <= mark) announce(words);
      }
      last = left;
      if (left === 0) clearInterval(countdownTimer);
    };
    tick();
    countdownTimer = setInterval(tick, 250);
  }

  // A button for those who do not know that a screen can be moved; shown only while something is hidden below.
  function offerScrolling() {
    const button = screenNode.querySelector("[data-scroll]");
    const main = document.getElementById("main");
    if (!button || !main) return;
    const update = () => { button.hidden = main.scrollTop + main.clientHeight >= main.scrollHeight - 2; };
    button.addEventListener("click", () => main.scrollBy({ top: main.clientHeight * 0.8, behavior: "smooth" }));
    main.addEventListener("scroll", update);
    update();
  }

  // --- What the person does

  function valueOf(button) {
    const value = button.dataset.value;
    switch (button.dataset.action) {
      case "confirmPIN": return value === "true";
      case "rate": return Number(value);
      default: return value;
    }
  }

  async function send(action, value) {
    const mine = generation;
    busy = true;
    clearTimeout(answerTimer);
    answerTimer = setTimeout(() => { answered(); pressPending(); }, answerTimeout);
    const message = value === undefined ? { action } : { action, value };
    try {
      const response = await fetch("/kiosk/actions?point=" + encodeURIComponent(point), {
        method: "POST",
        headers: { "X-OneCard-Page": token, "X-OneCard-Stream": streamID, "Content-Type": "application/json" },
        body: JSON.stringify(message),
        cache: "no-store",
        credentials: "omit",
        redirect: "error",
      });
      if (mine === generation && (response.status === 401 || response.status === 409)) lost();
    } catch (error) {
      if (mine === generation) lost();
    }
  }

  function answered() {
    busy = false;
    clearTimeout(answerTimer);
  }

  // Each key's token is good for one press; the next press waits for the next pad, so that no quick press is lost.
  function press(find) {
    if (busy) {
      if (pending.length < pendingMax) pending.push(find);
      return;
    }
    const key = find();
    if (key) send("pinKey", key.dataset.value);
  }

  function pressPending() {
    while (!busy && pending.length > 0) press(pending.shift());
  }

  function padKey(role) {
    return () => screenNode.querySelector('[data-pad] [data-role="' + role + '"]');
  }

  function digitKey(digit) {
    return () => [...screenNode.querySelectorAll('[data-pad] [data-role="digit"]')]
      .find((key) => key.textContent === digit);
  }

  screenNode.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    if (button.dataset.action === "pinKey") {
      const role = button.dataset.role;
      press(role === "digit" ? digitKey(button.textContent) : padKey(role));
    } else if (!busy) {
      send(button.dataset.action, valueOf(button));
    }
  });

  document.addEventListener("keydown", (event) => {
    // A stray reload would lose the token, and with it the page, until somebody of the staff comes.
    if (event.key === "F5" || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "r")) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (screenNode.querySelector("[data-pad]")) {
      keyAtPad(event);
    } else if (event.key === "Escape") {
      const back = screenNode.querySelector('[data-action="back"], #confirm-no');
      if (back) back.click();
    }
  });

  function keyAtPad(event) {
    const focused = document.activeElement;
    const onOtherButton = focused && focused.closest("button") && !focused.closest("[data-pad]");
    if (/^[0-9]$/.test(event.key)) {
      press(digitKey(event.key));
    } else if (event.key === "Enter" && !onOtherButton) {
      press(padKey("enter"));
    } else if (event.key === "Backspace") {
      press(padKey("delete"));
    } else if (event.key === "Escape") {
      press(padKey("cancel"));
    } else {
      return;
    }
    event.preventDefault();
  }

  // --- The browser

  document.addEventListener("contextmenu", (event) => event.preventDefault());
  document.addEventListener("dragstart", (event) => event.preventDefault());

  // Leaving the page, or coming back to it from the browser's memory, must not show what stood there.
  window.addEventListener("pagehide", () => {
    generation += 1;
    if (controller) controller.abort();
    clearTimeout(retryTimer);
    blank("connecting");
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) start();
  });
  // The launcher opens the same address with a new token.
  window.addEventListener("hashchange", () => {
    const found = takeToken();
    if (found) {
      token = found;
      start();
    }
  });

  function start() {
    superseded = false;
    attempts = 0;
    if (controller) controller.abort();
    blank(token ? "connecting" : "no-token");
    if (token) connect();
  }

  start();
})();
