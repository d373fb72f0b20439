/**
 * Where menus and hints are put: into the page's main landmark, so that screen readers find them in a region of it, and
 * there into a place of their own, since whatever else lies in it goes when the page is drawn anew.
 */
export function layerMount(): HTMLElement {
  return document.querySelector<HTMLElement>('[data-layers]') ?? document.body;
}
