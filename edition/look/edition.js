// What scrolls by itself, now or when a fold opens or the window narrows, is reached by keyboard.
addEventListener("DOMContentLoaded", () => {
  const reach = new ResizeObserver((changes) => {
    for (const { target } of changes)
      target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  const boxes = ":is(table, pre, .pst-scrollable-table-container, .glf-picture)";
  for (const box of document.querySelectorAll(`.bd-article ${boxes}`)) reach.observe(box);
});
