// What scrolls by itself, now or when a fold opens or the window narrows, is reached by keyboard.
addEventListener("DOMContentLoaded", () => {
  const reach = new ResizeObserver((changes) => {
    for (const { target } of changes)
      target.tabIndex = target.scrollWidth > target.clientWidth
        || target.scrollHeight > target.clientHeight + 1 ? 0 : -1;
  });
  const boxes = ":is(table, pre, .pst-scrollable-table-container, .all-rows, .glf-picture)";
  for (const box of document.querySelectorAll(`.bd-article ${boxes}`)) reach.observe(box);
});
// A number takes along what it says, so that in the row it leads to its own cell is shown.
addEventListener("DOMContentLoaded", () => {
  for (const link of document.querySelectorAll("a.tied[href*='#line-']"))
    link.search = new URLSearchParams({said: link.textContent});
});
addEventListener("load", () => {
  const said = new URLSearchParams(location.search).get("said")?.replaceAll(/[,\s]/g, "");
  const row = said && document.querySelector("tr:target");
  if (!row) return;
  const places = said.split(".")[1]?.length ?? 0;
  const says = cell => cell.textContent && (+cell.textContent).toFixed(places) == said;
  const cell = [...row.cells].slice(1).find(says);
  cell?.classList.add("meant");
  cell?.scrollIntoView({block: "center", inline: "center"});
});
