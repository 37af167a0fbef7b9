// Which page is shown: the part of the address behind `#/`, so that it works from a file and needs no server.

export const route = $state<{ parts: string[] }>({ parts: [] });

function read(): string[] {
  return location.hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map(decodeURIComponent);
}

/** Follows the address. After a change the reading place goes to the top and the focus to the heading, as on a page of its own. */
export function startRoute(): void {
  route.parts = read();
  addEventListener('hashchange', () => {
    route.parts = read();
    requestAnimationFrame(() => {
      window.scrollTo(0, 0);
      document.querySelector<HTMLElement>('h1')?.focus();
    });
  });
}

/** The address of a page. */
export function to(...parts: string[]): string {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}
