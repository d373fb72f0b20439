/**
 * Whether this browser was signed in when it last heard. The session itself is a cookie that scripts cannot see; the
 * hint spares the login page a question that would nearly always be answered with a refusal.
 */
const STORED = 'signed-in';

export function hintSignedIn(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(STORED, 'yes');
    else localStorage.removeItem(STORED);
  } catch {
    // Storage is blocked: the login page is shown to those who are signed in, too, and works.
  }
}

export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(STORED) === 'yes';
  } catch {
    return false;
  }
}
