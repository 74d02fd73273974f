import '@fontsource-variable/fraunces/opsz.css';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './theme/tokens.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod/mini';
import { App } from './App.tsx';
import { reloadOnceForNewBuild } from './reloadOnce.ts';
import { followSystemTheme } from './theme/themeChoice.ts';

// The policy lets no text become code, which zod would try.
config({ jitless: true });
followSystemTheme();
reloadOnceForNewBuild();

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
