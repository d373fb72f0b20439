import './ui/styles/app.css';
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { reloadWhenOutdated } from './ui/reload-when-outdated.ts';
import { startTheme } from './ui/theme/theme.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no element #app.');

reloadWhenOutdated();
startTheme();
render(() => <App />, root);
