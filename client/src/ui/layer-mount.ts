/** Where menus and hints are put: into the page's main landmark, so that screen readers find them in a region of it. */
export function layerMount(): HTMLElement {
  return document.querySelector('main') ?? document.body;
}
