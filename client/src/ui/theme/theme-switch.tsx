import Monitor from 'lucide-solid/icons/monitor';
import Moon from 'lucide-solid/icons/moon';
import Sun from 'lucide-solid/icons/sun';
import { Match, Switch } from 'solid-js';
import { Button } from '../button.tsx';
import { chooseTheme, nextThemeChoice, type ThemeChoice, themeChoice } from './theme.ts';

const WORDS: Record<ThemeChoice, string> = {
  system: 'as your system has it',
  light: 'light',
  dark: 'dark',
};

/** Goes round the themes, beginning with the one that is not on the screen. */
export function ThemeSwitch() {
  const label = () => `Theme: ${WORDS[themeChoice()]}. Switch to ${WORDS[nextThemeChoice()]}`;
  return (
    <Button
      variant="ghost"
      square
      aria-label={label()}
      title={label()}
      onClick={() => chooseTheme(nextThemeChoice())}
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
