import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * Gives the program of a thread a file of its own, and its address to the module that stands for it
 * (a `worker-file.ts` beside the `worker.ts`).
 */
const threads = (): Plugin => ({
  name: 'deckwatch-threads',
  transform(_code, id) {
    if (!/[\\/]worker-file\.ts$/.test(id)) return null
    const worker = id.replace(/worker-file\.ts$/, 'worker.ts')
    const reference = this.emitFile({ type: 'chunk', id: worker, name: 'readings-worker' })
    return `export const workerFile = new URL('__THREAD_${reference}__', import.meta.url)`
  },
  renderChunk(code, chunk) {
    if (!code.includes('__THREAD_')) return null
    return code.replaceAll(/__THREAD_([\w$]+)__/g, (_, reference: string) => {
      const path = posix.relative(posix.dirname(chunk.fileName), this.getFileName(reference))
      return `./${path}`
    })
  },
})

/**
 * Three programs come out of one tree: the engine's hosts for Node and for Electron, with their
 * packages left outside; what stands between the desktop's window and its host; and the cockpit.
 */
export default defineConfig({
  main: {
    plugins: [threads()],
    build: {
      outDir: at('./out/main'),
      // Electron and `npm start` both run the Node line that is pinned in package.json.
      target: 'node24',
      sourcemap: true,
      externalizeDeps: true,
      rolldownOptions: {
        input: {
          browser: at('./electron/host/browser/main.ts'),
          access: at('./electron/host/browser/access/main.ts'),
          check: at('./electron/host/check/main.ts'),
          terminal: at('./electron/host/terminal/main.ts'),
          desktop: at('./electron/host/desktop/main.ts'),
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    build: {
      outDir: at('./out/preload'),
      sourcemap: false,
      rolldownOptions: {
        input: { preload: at('./electron/host/desktop/preload.ts') },
        // Sandboxed, it is not a module and can load nothing but Electron: one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
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
      // Their packages are in the bundle only: their notices go with it.
      license: { fileName: 'licenses.md' },
      // The content security policy allows neither inline scripts nor data: scripts and fonts, so
      // every asset is a file of its own and no preload polyfill is injected.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: {
          index: at('./renderer/index.html'),
          'service-worker': at('./renderer/engine/offline/service-worker.ts'),
        },
        output: {
          // The worker's address is its identity and its folder its scope: no hash, at the top.
          entryFileNames: ({ name }) =>
            name === 'service-worker' ? '[name].js' : 'assets/[name]-[hash].js',
        },
      },
    },
  },
})
