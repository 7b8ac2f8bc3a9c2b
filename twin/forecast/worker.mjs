/** A worker thread's way in: TypeScript as it is. */
const { register } = await import('tsx/esm/api')
register()
await import('./worker.ts')
