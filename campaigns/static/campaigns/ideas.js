// What the pool of advice has for the empty days ahead, beside the calendar. Without this file there is a link to it.
(() => {
    const fill = async () => {
        const list = document.querySelector("[data-advice]");
        if (!list) return;
        try {
            const answer = await fetch(list.dataset.advice, { headers: { "X-Requested-With": "fetch" } });
            if (answer.ok && !answer.redirected) list.innerHTML = await answer.text();
        } catch (error) {
            if (!(error instanceof TypeError)) throw error; // no connection: the link still leads there
        }
    };
    fill();
    document.addEventListener("calendar:fresh", fill);
})();
