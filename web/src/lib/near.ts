// Whether something is about to be seen: scrolled to, or printed. What nobody looks at is not drawn.
import { flushSync } from 'svelte';

const waiting = new Map<Element, () => void>();

/** Less than a screen away. */
const observer = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => come(entry.target)), { rootMargin: '600px 0px' });

function come(element: Element): void {
  const then = waiting.get(element);
  observer.unobserve(element);
  waiting.delete(element);
  then?.();
}

// A page on paper is looked at as a whole, and at once.
addEventListener('beforeprint', () => {
  [...waiting.keys()].forEach(come);
  flushSync();
});

/** Calls `then` once, when the element comes near the window or the page is printed. */
export function near(element: Element, then: () => void): { destroy: () => void } {
  waiting.set(element, then);
  observer.observe(element);
  return {
    destroy: () => {
      observer.unobserve(element);
      waiting.delete(element);
    },
  };
}
