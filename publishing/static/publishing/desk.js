/* STOP on every page of the admin: Ctrl+Alt+S or the button opens one dialog; the strip keeps itself current.
 * Without this file the button leads to a page that does the same. */
(() => {
    const EVERY = 10000; // milliseconds between two looks, while the page is in view
    const SCRIPTED = { "X-Requested-With": "XMLHttpRequest" };

    const start = () => {
        selectAll();
        copyButtons();
        lookAgain();
        const strip = document.querySelector("[data-duty]");
        if (!strip) return;
        const words = strip.querySelector("[data-duty-words]");
        const alert = strip.querySelector("[data-duty-alert]");
        const stops = () => [...words.querySelectorAll("[data-duty-stopped]")].map((p) => p.dataset.dutyStopped);

        const show = (html) => {
            const fresh = document.createElement("template");
            fresh.innerHTML = html;
            if (words.innerHTML.trim() === fresh.innerHTML.trim()) return;
            const before = stops();
            words.replaceChildren(fresh.content);
            if (stops().some((stop) => !before.includes(stop))) alert.textContent = words.innerText;
        };

        const look = async () => {
            if (document.visibilityState !== "visible") return;
            try {
                const answer = await fetch(strip.dataset.wordsUrl, { headers: SCRIPTED });
                if (answer.ok && !answer.redirected) show(await answer.text());
            } catch (error) {
                console.warn("The strip could not be refreshed.", error);
            }
        };
        window.setInterval(look, EVERY);
        new ResizeObserver(() => {
            document.documentElement.style.setProperty("--duty-height", `${strip.offsetHeight}px`);
        }).observe(strip);
        document.addEventListener("visibilitychange", look);

        const dialog = document.querySelector("[data-duty-dialog]");
        if (dialog) prepare(dialog, strip, show);
    };

    const prepare = (dialog, strip, show) => {
        const form = dialog.querySelector("[data-duty-form]");
        const fault = dialog.querySelector("[data-duty-fault]");
        const go = form.querySelector("[type=submit]");

        const open = (event) => {
            event.preventDefault();
            if (dialog.open) return;
            form.reset();
            fault.textContent = "";
            dialog.showModal();
            go.focus();
        };
        strip.querySelector("[data-duty-stop]").addEventListener("click", open);
        dialog.querySelector("[data-duty-close]").addEventListener("click", () => dialog.close());
        document.addEventListener("keydown", (event) => {
            if (event.ctrlKey && event.altKey && event.code === "KeyS") open(event);
        });

        // Not an ordinary submit: leaving the editor would ask about unsaved changes first.
        form.addEventListener("submit", async (event) => {
            event.preventDefault();
            go.disabled = true;
            fault.textContent = "";
            try {
                const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: SCRIPTED });
                const html = await answer.text();
                if (answer.ok && !answer.redirected) {
                    show(html);
                    dialog.close();
                } else if (answer.status === 422) {
                    form.querySelector("[data-duty-fields]").innerHTML = html;
                } else {
                    fault.textContent = fault.dataset.failed;
                }
            } catch {
                fault.textContent = fault.dataset.failed;
            }
            go.disabled = false;
        });
    };

    const selectAll = () => {
        for (const all of document.querySelectorAll("[data-desk-all]")) {
            const boxes = [...all.form.querySelectorAll(`[name=${all.dataset.deskAll || "chosen"}]`)];
            all.closest("label").hidden = false;
            all.checked = boxes.length > 0 && boxes.every((box) => box.checked);
            all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
        }
    };

    // A page on which the system is about to change something looks again, and never throws away what was typed.
    const lookAgain = () => {
        const live = document.querySelector("[data-desk-moving]");
        if (!live) return;
        let touched = false;
        document.addEventListener("input", () => (touched = true));
        const timer = setInterval(async () => {
            if (document.visibilityState !== "visible") return;
            try {
                const answer = await fetch(location.href, { headers: SCRIPTED });
                if (!answer.ok || answer.redirected) return;
                const page = new DOMParser().parseFromString(await answer.text(), "text/html");
                const fresh = page.querySelector("[data-desk-live]");
                if (!fresh || fresh.dataset.deskLive === live.dataset.deskLive) return;
                const part = document.getElementById(live.dataset.deskPart);
                const news = page.getElementById(live.dataset.deskPart);
                if (part && news) {
                    part.innerHTML = news.innerHTML; // what is typed elsewhere on the page stays
                    live.dataset.deskLive = fresh.dataset.deskLive;
                    if (!fresh.matches("[data-desk-moving]")) clearInterval(timer);
                    return;
                }
                clearInterval(timer);
                const note = document.querySelector("[data-desk-changed]");
                if (touched && note) {
                    note.textContent = live.dataset.changed;
                    note.hidden = false;
                } else if (live.dataset.then) location.replace(live.dataset.then);
                else location.reload();
            } catch (error) {
                console.warn("The page could not be looked at again.", error);
            }
        }, 3000);
    };

    // Copying needs the script; without it the text can be marked and copied as any other.
    const copyButtons = () => {
        for (const button of document.querySelectorAll("[data-desk-copy]")) {
            const field = document.getElementById(button.dataset.deskCopy);
            button.hidden = false;
            button.addEventListener("click", async () => {
                field.select();
                if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
                else document.execCommand("copy"); // a page that is not served over HTTPS
                const word = button.textContent;
                button.textContent = button.dataset.done;
                setTimeout(() => (button.textContent = word), 2000);
            });
        }
    };

    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
})();
