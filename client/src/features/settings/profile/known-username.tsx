/** Whose password a form is about, for password managers alone: without it they would keep the new one for nobody. */
export function KnownUsername(props: { email: string }) {
  return <input type="email" name="username" autocomplete="username" value={props.email} readonly hidden />;
}
