/** The thread's way in: TypeScript as it is. */
const { register } = await import('tsx/esm/api')
register()
await import('./proving-worker.ts')
