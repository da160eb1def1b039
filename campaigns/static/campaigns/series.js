// The form of a series says in words what is being typed. Without this file a button does.
(() => {
    const form = document.querySelector("[data-series-form]");
    const words = form?.querySelector("[data-series-words]");
    if (!words) return;
    let waiting;
    let asked = 0;
    const say = async () => {
        const fields = new URLSearchParams();
        for (const [name, value] of new FormData(form)) {
            if (name !== "csrfmiddlewaretoken" && typeof value === "string") fields.append(name, value);
        }
        const number = ++asked;
        try {
            const answer = await fetch(`${form.dataset.words}?${fields}`, { headers: { "X-Requested-With": "fetch" } });
            const html = await answer.text();
            if (answer.ok && !answer.redirected && number === asked) words.innerHTML = html;
        } catch (error) {
            if (!(error instanceof TypeError)) throw error; // no connection: the form still saves
        }
    };
    const soon = () => {
        window.clearTimeout(waiting);
        waiting = window.setTimeout(say, 250);
    };
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
})();
