// The console is served by the engine under /console/. In development the API is proxied to a running engine or to dev/mock.mjs.
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const engine = process.env.KINDLING_URL ?? 'http://127.0.0.1:18202'
const proxy = { '/v1': { target: engine }, '/media': { target: engine }, '/assets': { target: engine } }

export default defineConfig({
  base: '/console/',
  plugins: [vue()],
  define: { __VUE_I18N_FULL_INSTALL__: true, __VUE_I18N_LEGACY_API__: false, __INTLIFY_PROD_DEVTOOLS__: false, __VUE_PROD_DEVTOOLS__: false },
  build: { target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: { proxy },
  preview: { proxy },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'], server: { deps: { inline: ['element-plus'] } } },
})
