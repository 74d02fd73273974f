// Runs before the first paint, so that the night never flashes white. A file of its own, because the
// content security policy allows no inline script. The key and its meaning are those of theme/themeChoice.ts.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('troupe.theme') ?? 'system';
  } catch {
    // Storage may be forbidden; the system decides then.
  }
  const isDark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light';
})();
