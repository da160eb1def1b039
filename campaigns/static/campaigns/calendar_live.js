/* Drag and drop, and what others do meanwhile. Every move can also be made by the form behind Enter or M; without this
 * file that is the way. A move that may not be says why where it was dropped, and offers the nearest free time. */
(() => {
    const live = () => document.querySelector("[data-cal-live]");
    const words = () => document.querySelector("[data-cal-words]").dataset;
    const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
    const say = () => document.querySelector("[data-cal-say]");
    let dragged = null;
    let busy = false;

    const tell = (text, offer = null) => {
        const box = say();
        box.replaceChildren();
        box.hidden = false;
        for (const sentence of [text].flat()) {
            const line = document.createElement("p");
            line.textContent = sentence;
            box.append(line);
        }
        if (offer) {
            const button = document.createElement("button");
            button.type = "button";
            button.className = "button button-small";
            button.textContent = offer.label;
            button.addEventListener("click", offer.take);
            box.append(button);
        }
        const close = document.createElement("button");
        close.type = "button";
        close.className = "button button-small button-secondary";
        close.textContent = words().close;
        close.addEventListener("click", () => { box.hidden = true; });
        box.append(close);
        if (offer && !offer.quiet) box.querySelector("button").focus();
    };

    /* The page as the server has it now, with focus and scroll left alone. */
    const refresh = async () => {
        const answer = await fetch(window.location.href, { headers: { "X-Requested-With": "fetch" } });
        if (!answer.ok || answer.redirected) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-cal-live]");
        if (!fresh) return;
        const focused = document.activeElement?.getAttribute?.("href");
        live().replaceWith(fresh);
        document.dispatchEvent(new CustomEvent("calendar:fresh"));
        if (focused) document.querySelector(`[data-cal-live] a[href="${CSS.escape(focused)}"]`)?.focus();
    };

    const move = async (item, day, time) => {
        busy = true;
        tell(words().moving);
        const body = new URLSearchParams({ versions: item.versions, day, time });
        try {
            const answer = await fetch(item.url, { method: "POST", body, headers: { "X-CSRFToken": token() } });
            if (answer.status === 200) {
                const { said } = await answer.json();
                const fresh = refresh(); // it brings the form that undoes
                const take = async () => {
                    await fresh;
                    document.querySelector("[data-cal-undo]")?.requestSubmit();
                };
                tell(said, { label: words().undo, take, quiet: true });
                await fresh;
            } else if (answer.status === 409) {
                const { sentences, free } = await answer.json();
                const take = () => move(item, free.day, free.time);
                tell(sentences, free ? { label: free.label, take } : null);
            } else {
                tell(words().lost);
            }
        } catch (error) {
            if (!(error instanceof TypeError)) throw error;
            tell(words().lost);
        } finally {
            busy = false;
        }
    };

    /* Content on no channel has no time to move: its form is where it gets both, with the time filled in. */
    const begin = (item, day, time) => {
        if (!item.form) return tell(words().unplaced);
        const form = new URL(item.form);
        form.searchParams.set("at", `${day}T${time || "09:00"}`);
        tell(words().unplaced, { label: words().begin, take: () => window.location.assign(form) });
    };

    document.addEventListener("dragstart", (event) => {
        const link = event.target.closest?.("a[data-drag], a[data-drag-unplaced]");
        if (!link) return;
        const { drag: url, versions, minute = "00" } = link.dataset;
        dragged = { url, versions, minute, form: link.href };
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", link.textContent.trim());
        link.classList.add("cal-item--dragged");
    });
    document.addEventListener("dragend", (event) => {
        event.target.closest?.("a[draggable]")?.classList.remove("cal-item--dragged");
        document.querySelectorAll(".cal-day--over").forEach((cell) => cell.classList.remove("cal-day--over"));
        dragged = null;
    });
    document.addEventListener("dragover", (event) => {
        const cell = event.target.closest?.("[data-day]");
        document.querySelectorAll(".cal-day--over").forEach((over) => over !== cell && over.classList.remove("cal-day--over"));
        if (!dragged || !cell) return;
        event.preventDefault();
        cell.classList.add("cal-day--over");
    });
    document.addEventListener("drop", (event) => {
        const cell = event.target.closest?.("[data-day]");
        if (!dragged || !cell) return;
        event.preventDefault();
        const time = cell.dataset.hour ? `${cell.dataset.hour}:${dragged.minute}` : "";
        (dragged.url ? move : begin)(dragged, cell.dataset.day, time);
    });

    /* What others moved, approved or sent stands here within five seconds. */
    const listen = async () => {
        const here = live();
        if (document.hidden || busy || dragged || !here) return;
        try {
            const answer = await fetch(here.dataset.ask);
            if (!answer.ok) return;
            const { pulse } = await answer.json();
            if (pulse !== live().dataset.pulse && !busy && !dragged) await refresh();
        } catch (error) {
            if (!(error instanceof TypeError)) throw error; // no connection: asked again in a moment
        }
    };
    window.setInterval(listen, 4000);
    document.addEventListener("visibilitychange", listen);

    /* What the year suggests comes after the plan itself; without an answer its link stays. */
    const suggest = async () => {
        const box = document.querySelector("[data-cal-suggested]");
        if (!box) return;
        try {
            const answer = await fetch(box.dataset.calSuggested, { headers: { "X-Requested-With": "fetch" } });
            if (!answer.ok || answer.redirected) return;
            const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
            box.querySelector("[data-cal-suggestions]").replaceChildren(...fresh.childNodes);
        } catch (error) {
            if (!(error instanceof TypeError)) throw error;
        }
    };
    suggest();
})();
