/** What a session is used on, as far as its browser says. */
export type Device = { words: string; kind: 'computer' | 'handheld' | 'unknown' };

/** The first that fits counts: most browsers also name those they descend from. */
const BROWSERS: readonly [name: string, pattern: RegExp][] = [
  ['Edge', /\bEdg(e|A|iOS)?\//],
  ['Opera', /\b(OPR|OPT|Opera)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['DuckDuckGo', /\bDuckDuckGo\/|\bDdg\//],
  ['Firefox', /\b(Firefox|FxiOS|Focus)\//],
  ['Chrome', /\b(Chrome|Chromium|HeadlessChrome|CriOS)\//],
  ['Safari', /\bVersion\/\S+ (Mobile\/\S+ )?Safari\//],
  ['curl', /^curl\//],
];

const SYSTEMS: readonly [name: string, kind: Device['kind'], pattern: RegExp][] = [
  ['iPhone', 'handheld', /\biPhone\b/],
  ['iPad', 'handheld', /\biPad\b/],
  ['Android', 'handheld', /\bAndroid\b/],
  ['ChromeOS', 'computer', /\bCrOS\b/],
  ['Windows', 'computer', /\bWindows NT\b/],
  ['macOS', 'computer', /\bMac(intosh| OS X)\b/],
  ['Linux', 'computer', /\b(Linux|X11)\b/],
];

/**
 * A browser and its system in words: "Firefox on Linux". What a user agent does not tell stays unknown, and all of it is
 * only what the browser says of itself.
 */
export function deviceOf(userAgent: string | null): Device {
  const browser = BROWSERS.find(([, pattern]) => pattern.test(userAgent ?? ''))?.[0];
  const [system, kind] = SYSTEMS.find(([, , pattern]) => pattern.test(userAgent ?? '')) ?? [];
  if (browser === undefined && system === undefined) return { words: 'Unknown device', kind: 'unknown' };
  if (system === undefined) return { words: `${browser}, unknown system`, kind: 'unknown' };
  return { words: `${browser ?? 'Unknown browser'} on ${system}`, kind: kind ?? 'unknown' };
}
