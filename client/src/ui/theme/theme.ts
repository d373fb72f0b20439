import { createSignal } from 'solid-js';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** The key that `public/theme.js` reads before the first paint. */
const STORED = 'theme';

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
const [choice, setChoice] = createSignal<ThemeChoice>(readChoice());
const [theme, setTheme] = createSignal<'light' | 'dark'>(themeOf(choice()));

/** What the person chose: a theme, or whatever their system has. */
export const themeChoice = choice;

/** The theme on the screen now. Whoever paints a canvas reads it, so that it is painted again when it changes. */
export const currentTheme = theme;

/** Follows the system, and other tabs of this browser. Called once. */
export function startTheme(): void {
  systemIsDark.addEventListener('change', apply);
  addEventListener('storage', (event) => {
    if (event.key !== STORED) return;
    setChoice(readChoice());
    apply();
  });
  apply();
}

/** What the theme switch goes to next: away from what the system has, then that itself, then back to the system. */
export function nextThemeChoice(): ThemeChoice {
  const system = themeOf('system');
  const other = system === 'dark' ? 'light' : 'dark';
  if (choice() === 'system') return other;
  return choice() === other ? system : 'system';
}

export function chooseTheme(next: ThemeChoice): void {
  setChoice(next);
  try {
    localStorage.setItem(STORED, next);
  } catch {
    // Storage is blocked: the choice holds for this page.
  }
  apply();
}

/** A colour token as the theme on the screen has it, for a canvas: `readColour('--down')`. */
export function readColour(token: `--${string}`): string {
  theme();
  return getComputedStyle(document.documentElement).getPropertyValue(token).trim();
}

function apply(): void {
  const next = themeOf(choice());
  document.documentElement.dataset.theme = next;
  setTheme(next);
  // The bar of a phone's browser takes the colour of ours.
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', readColour('--surface'));
}

function themeOf(chosen: ThemeChoice): 'light' | 'dark' {
  if (chosen !== 'system') return chosen;
  return systemIsDark.matches ? 'dark' : 'light';
}

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORED);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}
