import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { contentSecurityPolicy } from './mock/policy.ts'
import { mockServer } from './mock/server.ts'

// TERCET_URL names a real server; without it the mock answers, in `dev` and in `preview` alike.
const server = process.env['TERCET_URL']
const proxy = server
  ? { '/api': { target: server, ws: true, changeOrigin: true, headers: { origin: server } } }
  : undefined

export default defineConfig({
  plugins: [svelte(), ...(server ? [] : [mockServer()])],
  build: { target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  server: { host: '127.0.0.1', ...(proxy && { proxy }) },
  preview: {
    host: '127.0.0.1',
    headers: { 'content-security-policy': contentSecurityPolicy },
    ...(proxy && { proxy }),
  },
  test: { include: ['tests/**/*.test.ts'], environment: 'node' },
})
