// Runs before the first paint, so that a chosen theme or colour never flashes.
(() => {
  const root = document.documentElement;
  root.dataset.color = JSON.parse(root.dataset.settings).color;
  try {
    const chosen = localStorage.getItem('tagway.theme');
    if (chosen === 'light' || chosen === 'dark') {
      root.dataset.theme = chosen;
    }
  } catch {
    // Storage may be blocked; the system's theme is good enough.
  }
})();
