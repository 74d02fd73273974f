const KEY = 'troupe.reloadedFor';

/**
 * After a deployment an open tab asks for parts of the old build that are gone. Loading the page again brings the
 * new one; doing so once per address keeps a broken server from turning it into a loop.
 */
export function reloadOnceForNewBuild(): void {
  addEventListener('vite:preloadError', (event) => {
    if (sessionStorage.getItem(KEY) === location.href) return;
    sessionStorage.setItem(KEY, location.href);
    event.preventDefault();
    location.reload();
  });
}
