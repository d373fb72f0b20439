import Monitor from 'lucide-solid/icons/monitor';
import Moon from 'lucide-solid/icons/moon';
import Sun from 'lucide-solid/icons/sun';
import { Match, Switch } from 'solid-js';
import { Button } from '../button.tsx';
import { chooseTheme, type ThemeChoice, themeChoice } from './theme.ts';

const NEXT: Record<ThemeChoice, ThemeChoice> = { system: 'light', light: 'dark', dark: 'system' };
const WORDS: Record<ThemeChoice, string> = {
  system: 'as your system has it',
  light: 'light',
  dark: 'dark',
};

/** Goes round: as the system has it, light, dark. */
export function ThemeSwitch() {
  const label = () => `Theme: ${WORDS[themeChoice()]}. Switch to ${WORDS[NEXT[themeChoice()]]}`;
  return (
    <Button
      variant="ghost"
      square
      aria-label={label()}
      title={label()}
      onClick={() => chooseTheme(NEXT[themeChoice()])}
    >
      <Switch>
        <Match when={themeChoice() === 'system'}>
          <Monitor class="size-4" aria-hidden="true" />
        </Match>
        <Match when={themeChoice() === 'light'}>
          <Sun class="size-4" aria-hidden="true" />
        </Match>
        <Match when={themeChoice() === 'dark'}>
          <Moon class="size-4" aria-hidden="true" />
        </Match>
      </Switch>
    </Button>
  );
}
