import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Two programs come out of one tree: the engine's host for Node, with its packages left outside,
 * and the cockpit for browsers. There is no preload until there is a desktop host.
 */
export default defineConfig({
  main: {
    build: {
      outDir: at('./out/main'),
      // Electron and `npm start` both run the Node line that is pinned in package.json.
      target: 'node24',
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: { browser: at('./electron/host/browser/main.ts') },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  renderer: {
    root: at('./renderer'),
    // Nothing is served unless something imports it: assets/ also holds what is not for the page.
    publicDir: false,
    plugins: [react()],
    build: {
      outDir: at('./out/renderer'),
      emptyOutDir: true,
      target: 'es2023',
      minify: true,
      sourcemap: false,
      // The content security policy allows neither inline scripts nor data: scripts and fonts, so
      // every asset is a file of its own and no preload polyfill is injected.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: at('./renderer/index.html') },
    },
  },
})
