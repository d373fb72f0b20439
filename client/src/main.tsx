import './ui/styles/app.css';
import { render } from 'solid-js/web';
import { App } from './app.tsx';
import { startTheme } from './ui/theme/theme.ts';

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no element #app.');

startTheme();
render(() => <App />, root);
