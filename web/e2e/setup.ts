import { preview } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    base: string
    /** The mock answers, with the words it has. */
    mock: boolean
  }
}

/** TERCET_URL: a server that serves the page itself. Otherwise the built page before the mock. */
export default async function setup(
  project: TestProject,
): Promise<(() => Promise<void>) | undefined> {
  const url = process.env['TERCET_URL']
  project.provide('mock', !url)
  if (url) {
    project.provide('base', url)
    return undefined
  }
  const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'warn' })
  const base = server.resolvedUrls?.local[0]
  if (!base) throw new Error('vite preview has no address')
  project.provide('base', base)
  return async () => {
    await server.close()
  }
}
