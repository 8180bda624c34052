// Keys before mouse. Every key presses a button or link of the page, so that nothing is possible by key alone.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  let at = -1;

  const move = (step) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (!rows.length) return false;
    rows.forEach((row) => row.classList.remove("at"));
    at = Math.max(0, Math.min(rows.length - 1, at + step));
    rows[at].classList.add("at");
    rows[at].scrollIntoView({ block: "nearest" });
    (rows[at].querySelector("a, input") || rows[at]).focus({ preventScroll: true });
    return true;
  };

  const press = (element) => {
    if (!element || element.disabled) return false;
    element.click();
    return true;
  };

  const reasons = (key) => {
    const act = one(`[data-act="${key}"]`);
    if (!act) return false;
    if (act.open) return press(act.querySelector("button"));
    document.querySelectorAll("[data-act][open]").forEach((other) => { other.open = false; });
    act.open = true;
    act.querySelector("button").focus();
    return true;
  };

  const escape = () => {
    const open = one("[data-act][open]");
    if (open) { open.open = false; document.body.focus(); return true; }
    if (document.activeElement && typing(document.activeElement)) { document.activeElement.blur(); return true; }
    return press(one('[data-key="Escape"]'));
  };

  const handle = (event) => {
    const { key } = event;
    if (key === "Escape") return escape();
    if (typing(event.target)) return false;
    const open = one("[data-act][open]");
    if (open && /^[1-9]$/.test(key)) return press(open.querySelectorAll("button")[Number(key) - 1]);
    if (key === "?") { one("#keys").showModal(); return true; }
    if (key === "/") {
      const field = one('[data-focus="/"]');
      if (field) { field.focus(); field.select(); return true; }
      return press(one('nav a[href="/cases/"]'));
    }
    if (key === "q" && !one('[data-key="q"]')) return press(one(".brand"));
    if (key === "n" && one('[data-focus="n"]')) { one('[data-focus="n"]').focus(); return true; }
    if (reasons(key)) return true;
    if (key === "Enter") {
      if (event.target.closest("a, button, summary")) return false;
      return press(one('[data-key="Enter"]'));
    }
    if (key === "j" && !one('[data-key="j"]')) return move(1);
    if (key === "k") return move(-1) || (history.back(), true);
    return press(one(`[data-key="${CSS.escape(key)}"]`));
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (handle(event)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#all")) {
      const boxes = [...document.querySelectorAll('input[name="case"]')];
      const all = boxes.every((box) => box.checked);
      boxes.forEach((box) => { box.checked = !all; });
    }
    if (event.target.closest("#theme")) {
      const root = document.documentElement;
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
      root.dataset.theme = dark ? "light" : "dark";
      document.cookie = `theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
    }
  });
  // A form is sent once: a second press of the same button finds it gone.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest("form");
    if (form && form.method === "post") {
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) delete form.dataset.sent;
  });
  document.addEventListener("htmx:afterSettle", () => { at = -1; });
})();
