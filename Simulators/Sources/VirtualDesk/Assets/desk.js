"use strict";
// The virtual desk: cards that a person drags onto readers. Everything shown here is synthetic.
(() => {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") || "";
  history.replaceState(null, "", location.pathname);

  const byId = (id) => document.getElementById(id);
  const state = { cards: [], status: null, selected: null, drag: null, kioskURL: null };
  const DRAG_PIXELS = 6;        // a shorter way is a click
  const RETRY_MILLISECONDS = 1000;
  // What the fault buttons ask for.
  const FAULTS = {
    tear: { removal: { command: 9, phase: "before" } },
    silence: { silence: { command: 1, milliseconds: 60000 } },
    slow: { slowMilliseconds: 300 },
    garbage: { garbageFrom: 1 },
    presence: { presenceUnknown: true },
  };

  const request = (path, options = {}) =>
    fetch(path, { ...options, cache: "no-store", headers: { ...(options.headers || {}), "X-OneCard-Desk": token } });

  const say = (text) => { byId("message").textContent = text || ""; };

  async function act(body) {
    say("");
    try {
      const response = await request("/desk/actions", {
        method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
      });
      const answer = await response.json();
      if (answer.error) say(`${answer.error.message} — ${answer.error.remedy}`);
    } catch (error) {
      say("模拟器没有应答。The simulator does not answer.");
    }
  }

  const tap = (persona, reader) => { if (persona) { select(null); act({ command: "tap", persona, reader }); } };

  // --- Cards

  function cardElement(card) {
    const item = byId("card-template").content.cloneNode(true).querySelector("li");
    const button = item.querySelector(".card");
    button.dataset.persona = card.persona;
    button.classList.toggle("failing", card.isFailure);
    button.querySelector(".card-title").textContent = card.titleChinese;
    button.querySelector(".card-english").textContent = card.titleEnglish;
    button.querySelector(".card-holder").textContent = card.holder;
    button.querySelector(".card-pin").textContent = card.pin ? `密码 PIN ${card.pin}` : "";
    button.title = `${card.persona} → ${card.outcome}`;
    return item;
  }

  function drawCards() {
    const wanted = byId("search").value.trim().toLowerCase();
    const shown = state.cards.filter((card) =>
      [card.persona, card.titleChinese, card.titleEnglish].some((text) => text.toLowerCase().includes(wanted)));
    byId("cards").replaceChildren(...shown.map(cardElement));
    markCards();
  }

  function markCards() {
    const away = new Set((state.status ? state.status.readers : []).map((reader) => reader.persona));
    for (const button of byId("cards").querySelectorAll(".card")) {
      const persona = button.dataset.persona;
      button.classList.toggle("away", away.has(persona));
      button.disabled = away.has(persona);
      button.setAttribute("aria-pressed", String(persona === state.selected));
    }
  }

  function select(persona) {
    state.selected = persona;
    markCards();
  }

  // --- Dragging by mouse, pen or finger

  byId("cards").addEventListener("pointerdown", (event) => {
    const button = event.target.closest(".card");
    if (!button || button.disabled || event.button !== 0) return;
    state.drag = { persona: button.dataset.persona, source: button, x: event.clientX, y: event.clientY, ghost: null };
    button.setPointerCapture(event.pointerId);
  });

  addEventListener("pointermove", (event) => {
    const drag = state.drag;
    if (!drag) return;
    if (!drag.ghost) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < DRAG_PIXELS) return;
      drag.ghost = drag.source.cloneNode(true);
      drag.ghost.classList.add("flying");
      drag.ghost.setAttribute("aria-hidden", "true");
      document.body.append(drag.ghost);
    }
    drag.ghost.style.left = `${event.clientX - 130}px`;
    drag.ghost.style.top = `${event.clientY - 30}px`;
    mark(slotAt(event));
  });

  addEventListener("pointerup", (event) => {
    const drag = finishDrag();
    if (!drag) return;
    if (!drag.ghost) { select(state.selected === drag.persona ? null : drag.persona); return; }
    const slot = slotAt(event);
    if (slot) tap(drag.persona, Number(slot.dataset.reader));
  });

  addEventListener("pointercancel", finishDrag);

  function finishDrag() {
    const drag = state.drag;
    state.drag = null;
    if (drag && drag.ghost) drag.ghost.remove();
    mark(null);
    return drag;
  }

  const slotAt = (event) => {
    const element = document.elementFromPoint(event.clientX, event.clientY);
    const reader = element && element.closest(".reader");
    return reader ? reader.querySelector(".slot") : null;
  };

  const mark = (slot) => {
    for (const other of document.querySelectorAll(".slot")) other.classList.toggle("target", other === slot);
  };

  // --- Keyboard: Enter or Space selects a card, a digit puts it onto that reader, Escape lets go

  byId("cards").addEventListener("keydown", (event) => {
    const button = event.target.closest(".card");
    if (!button || button.disabled) return;
    if (/^[1-9]$/.test(event.key)) {
      event.preventDefault();
      tap(button.dataset.persona, Number(event.key));
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      select(button.dataset.persona);
    } else if (event.key === "Escape") {
      select(null);
    }
  });

  // --- Readers

  function drawReaders() {
    const box = byId("readers");
    for (const reader of state.status.readers) {
      let element = box.querySelector(`[data-reader="${reader.number}"]`);
      if (!element) {
        element = byId("reader-template").content.cloneNode(true).querySelector(".reader");
        element.dataset.reader = reader.number;
        element.querySelector(".slot").dataset.reader = reader.number;
        box.append(element);
      }
      drawReader(element, reader);
    }
  }

  function drawReader(element, reader) {
    const kind = reader.interface === "contact" ? "插卡 contact" : "感应 contactless";
    element.querySelector("h3").textContent = `读卡器 Reader ${reader.number} · ${kind}`;
    const slot = element.querySelector(".slot");
    slot.classList.toggle("full", Boolean(reader.persona));
    slot.setAttribute("aria-label", `读卡器 Reader ${reader.number}: ${reader.persona || "空 empty"}`);
    const card = state.cards.find((candidate) => candidate.persona === reader.persona);
    if (slot.dataset.persona !== String(reader.persona)) {
      slot.dataset.persona = String(reader.persona);
      // A security module is in its slot and on no shelf: its name stands for it.
      slot.replaceChildren(card ? cardElement(card).querySelector(".card") : reader.persona || "空 empty");
    }
    const faults = Object.keys(reader.faults);
    const counters = element.querySelector(".counters");
    counters.textContent = `${reader.counters.commands} APDU${faults.length ? ` · 故障 faults: ${faults.join(", ")}` : ""}`;
    counters.classList.toggle("bad", faults.length > 0);
    element.querySelector('[data-action="lift"]').disabled = !reader.persona;
  }

  byId("readers").addEventListener("click", (event) => {
    const element = event.target.closest(".reader");
    if (!element) return;
    const reader = Number(element.dataset.reader);
    const button = event.target.closest("button:not(.card)");
    if (!button) {
      if (event.target.closest(".slot")) tap(state.selected, reader);
    } else if (button.dataset.action) {
      act({ command: button.dataset.action, reader });
    } else if (button.dataset.fault) {
      act({ command: "fault", reader, faults: FAULTS[button.dataset.fault] });
    }
  });

  byId("readers").addEventListener("keydown", (event) => {
    const slot = event.target.closest(".slot");
    if (slot && event.target === slot && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      tap(state.selected, Number(slot.dataset.reader));
    }
  });

  document.querySelector(".pcscd").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    act(button.id === "restore" ? { command: "restore" } : { command: "pcscd", action: button.dataset.service });
  });

  byId("search").addEventListener("input", drawCards);

  // --- What the simulator tells

  function show(status) {
    state.status = status;
    const names = { running: "运行 running", hung: "卡死 hung", stopped: "停止 stopped" };
    byId("service").textContent = `读卡服务 pcscd: ${names[status.pcscd]}`;
    byId("service").classList.toggle("bad", status.pcscd !== "running");
    drawReaders();
    markCards();
  }

  async function follow() {
    const response = await request("/desk/events");
    if (!response.ok) throw new Error(String(response.status));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      const events = text.split("\n\n");
      text = events.pop();
      for (const event of events) {
        if (event.startsWith("data: ")) show(JSON.parse(event.slice(6)));
      }
    }
  }

  function openKiosk() {
    const frame = byId("kiosk");
    frame.src = "about:blank";
    requestAnimationFrame(() => { frame.src = state.kioskURL; });
  }

  async function start() {
    const response = await request("/desk/state");
    if (!response.ok) {
      say(response.status === 401
        ? "请用模拟器打印的地址打开本页。Open this page by the address that the simulator printed."
        : `错误 error ${response.status}`);
      return;
    }
    const answer = await response.json();
    state.cards = answer.cards;
    state.kioskURL = answer.kioskURL || null;
    drawCards();
    show(answer.status);
    if (state.kioskURL) {
      byId("kiosk").hidden = false;
      byId("reload").hidden = false;
      byId("no-kiosk").hidden = true;
      byId("reload").addEventListener("click", openKiosk);
      openKiosk();
    }
    for (;;) {
      try { await follow(); } catch (error) { /* the simulator has gone, or is restarting */ }
      byId("service").textContent = "模拟器没有应答 no answer from the simulator";
      byId("service").classList.add("bad");
      await new Promise((resolve) => setTimeout(resolve, RETRY_MILLISECONDS));
    }
  }

  start();
})();
