/* The calendar by keyboard: arrow keys walk over what is planned, Enter opens it, M or T opens it at its time, U undoes
 * the last move. Choosing a filter shows it at once.
 * Without this file Tab walks and the button shows. */
(() => {
    const walk = (table) => {
        const width = table.querySelector("tbody tr").querySelectorAll("td").length;
        const cells = [...table.querySelectorAll("td")].map((cell) => [...cell.querySelectorAll("a.cal-item")]);
        const step = { ArrowLeft: -1, ArrowRight: 1 };

        table.addEventListener("keydown", (event) => {
            const here = event.target.closest("a.cal-item");
            if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
            const day = cells.findIndex((links) => links.includes(here));
            const row = cells[day].indexOf(here);
            let next = null;
            if (event.key in step) {
                // The next day in that direction on which something is planned.
                for (let at = day + step[event.key]; at >= 0 && at < cells.length && !next; at += step[event.key]) {
                    next = cells[at][Math.min(row, cells[at].length - 1)] ?? null;
                }
            } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
                const down = event.key === "ArrowDown";
                next = cells[day][row + (down ? 1 : -1)] ?? null;
                for (let at = day + (down ? width : -width); at >= 0 && at < cells.length && !next; at += down ? width : -width) {
                    next = (down ? cells[at][0] : cells[at].at(-1)) ?? null;
                }
            } else return;
            event.preventDefault();
            next?.focus();
        });
    };

    /* The tray and the list are one line: up and down walk, left and right as well. */
    const line = (box) => {
        const step = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };
        box.addEventListener("keydown", (event) => {
            const links = [...box.querySelectorAll("a.cal-item[href], td.title a[href]")];
            const at = links.indexOf(event.target.closest("a"));
            if (at < 0 || !(event.key in step) || event.ctrlKey || event.metaKey || event.altKey) return;
            event.preventDefault();
            links[at + step[event.key]]?.focus();
        });
    };

    /* M and T on an item, U anywhere, never while somebody writes. */
    const keys = (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
        const item = event.target.closest("a.cal-item[href], .cal-list td.title a[href]");
        if ((event.key === "m" || event.key === "t") && item) window.location.assign(new URL(item.hash || "#id_day", item.href));
        if (event.key === "u") document.querySelector("[data-cal-undo]")?.requestSubmit();
    };

    const start = () => {
        document.querySelectorAll("[data-cal]").forEach(walk);
        document.querySelectorAll(".cal-tray, .cal-list").forEach(line);
        for (const form of document.querySelectorAll("[data-cal-filter]")) {
            form.querySelector("[type=submit]").hidden = true;
            form.addEventListener("change", () => form.requestSubmit());
        }
    };

    document.addEventListener("keydown", keys);
    document.addEventListener("calendar:fresh", start);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
})();
