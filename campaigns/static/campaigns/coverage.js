/* The figures beside the table, fetched once the table stands. Without this script there is a link to them. */
(() => {
    "use strict";
    const place = document.querySelector("[data-coverage-later]");
    if (!place) return;
    place.setAttribute("aria-busy", "true");
    fetch(place.dataset.coverageLater, { headers: { "X-Part": "beside" }, credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
        .then((part) => {
            place.innerHTML = part;
        })
        .finally(() => place.removeAttribute("aria-busy"));
})();
