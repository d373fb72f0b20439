import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';

const source = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** The rules whose verdict hangs on colours; all others say the same of both themes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** What axe finds wrong with what is on the screen now, in both themes: a rule, how bad, and the elements it is about. */
export async function axeFindings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    // Evaluated by the debugger: the page's content security policy lets no such script in, and rightly so.
    await page.evaluate(source);
  }
  const findings: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    // A theme is this attribute, and nothing else. Colours that are on their way are no colours yet.
    await page.evaluate(async (name) => {
      document.documentElement.dataset.theme = name;
      await new Promise(requestAnimationFrame);
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    }, theme);
    const found = await page.evaluate(
      async (rules) => {
        const { axe: checker } = globalThis as unknown as { axe: typeof axe }; // what the source above defines
        const { violations } = await checker.run(document, {
          resultTypes: ['violations'],
          ...(rules === null ? {} : { runOnly: rules }),
        });
        return violations.map(
          ({ id, impact, nodes }) =>
            `${id} (${impact}): ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`,
        );
      },
      theme === 'light' ? null : COLOUR_RULES,
    );
    findings.push(...found.map((finding) => `${theme}: ${finding}`));
  }
  return findings;
}

/** Elements that stick out of the screen at the side, so that the page could be pushed around. */
export function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 160));
  });
}

/** Both on a phone and at a desk: what axe finds, and what sticks out. The page keeps its size. */
export async function findingsAtAnySize(page: Page, name: string): Promise<string[]> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  const found: string[] = [];
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const seen = [...(await axeFindings(page)), ...(await sticksOut(page))];
    found.push(...seen.map((finding) => `${name}, ${width} px: ${finding}`));
  }
  await page.setViewportSize(before);
  return found;
}
