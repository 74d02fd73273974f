import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = import.meta.dirname;

/** Where `npm run dev` finds the api while Vite serves the studio. */
const apiUrl = process.env.API_URL ?? 'http://127.0.0.1:3000';
const toApi = { target: apiUrl, changeOrigin: false };

export default defineConfig({
  root,
  base: '/',
  plugins: [react()],
  // The api puts a nonce of each answer in its place: styles that are made in the page need one (theme/StyleNonce.tsx).
  html: { cspNonce: '__CSP_NONCE__' },
  server: { proxy: { '^/(trpc|api|health)/': toApi } },
  build: {
    outDir: `${root}/../dist/studio`,
    emptyOutDir: true,
    manifest: true,
    // The policy allows no font from a `data:` address, which small subsets would become.
    assetsInlineLimit: 0,
    // The policy `script-src 'self'` refuses the inline script that the polyfill would be.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\// },
            { name: 'flow', test: /node_modules\/(reactflow|@xyflow|d3-[a-z]+)\// },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
});
