import { expect, test } from 'vitest';
import { openPage, PageRefused } from './open-page.ts';
import { elementSelector, selectorProblem } from './selector.ts';

test('a selector that a browser copied finds the element the browser showed', () => {
  const page = openPage('<div id=main><table><tr><td>a<td>b<tr><td>c<td>d</table>');
  expect(page.textAt('#main > table > tbody > tr:nth-child(2) > td:nth-child(1)')).toBe('c');
});

test('text is what a reader sees: entities read, scripts and styles left out', () => {
  const page = openPage(
    '<p>caf&eacute; <script>var x = 1</script><style>p{}</style>\n &amp;\t<i>tea</i><template>no</template></p><noscript>plain</noscript>',
  );
  expect(page.textAt('p')).toBe('café & tea');
  expect(page.textAt('noscript')).toBe('plain');
  expect(page.textAt('script')).toBe('var x = 1');
  expect(page.textAt('p:not(.a):has(i)')).toBe('café & tea');
});

test('an attribute is what stands behind the last @, as far as it can be the name of one', () => {
  expect(elementSelector('a.logo@HREF')).toEqual({ selector: 'a.logo', attribute: 'href' });
  expect(elementSelector('a[href="mailto:x@y.example"]')).toEqual({
    selector: 'a[href="mailto:x@y.example"]',
    attribute: null,
  });
  expect(elementSelector('a[title="x@y"]@data-id')).toEqual({
    selector: 'a[title="x@y"]',
    attribute: 'data-id',
  });
  expect(elementSelector('p')).toEqual({ selector: 'p', attribute: null });
  const page = openPage('<a title="x@y" data-id=" 7 " hidden>t</a>');
  expect(page.textAt('a[title="x@y"]@data-id')).toBe('7');
  expect(page.textAt('a@hidden')).toBe('');
  expect(page.textAt('a@constructor')).toBeUndefined();
});

test('what is no selector is refused, with its mistake', () => {
  for (const text of [
    'h1',
    'a.logo@href',
    'ul > li:nth-child(2n+1)',
    'p:has(> b), i ~ b',
    'a[title="@"]',
    ':is(h1, h2):not(.x)',
  ]) {
    expect(selectorProblem(text), text).toBeNull();
  }
  expect(selectorProblem('@href')).toMatch(/^Say which element/);
  expect(selectorProblem('a@b@c')).toMatch(/^In a CSS selector, @ stands at the end/);
  for (const text of ['h1[', 'p:none-such', 'a::before', '> a', 'p:nth-child(x)']) {
    expect(selectorProblem(text), text).toMatch(
      /^This is not a CSS selector, such as h1\.title or a\.logo@href: /,
    );
  }
});

test('a page as deep as it is long, or all tags, is refused before it takes much', () => {
  expect(() => openPage('<div>'.repeat(100_000))).toThrow(
    new PageRefused('The page is nested more than 512 levels deep.'),
  );
  expect(() => openPage('<b></b>'.repeat(100_000))).toThrow(
    new PageRefused('The page has more than 60,000 elements.'),
  );
  expect(openPage(`${'<div>'.repeat(400)}<p>deep`).textAt('p')).toBe('deep');
});

test('whatever stands in a body, reading it as a page comes to an end', () => {
  for (const piece of [
    '<a><div>',
    '<table><tr><td><p>',
    '<svg><a>',
    '<!--',
    '<p a=',
    '&',
    '</p>',
    '<select><b>',
  ]) {
    try {
      expect(openPage(piece.repeat(2000)).textAt('none')).toBeUndefined();
    } catch (error) {
      expect(error).toBeInstanceOf(PageRefused);
    }
  }
});
