/**
 * Executables by Program hash, shared by all the workflows of a worker thread: this module is preloaded into the reused V8 context. It is
 * mutable state, and safe as such: an Executable is determined by its hash and never changes, so no run can see whether it was cached.
 */
const executables = new Map<string, unknown>()

export function remembered<T>(hash: string, make: () => T): T {
  if (!executables.has(hash)) executables.set(hash, make())
  return executables.get(hash) as T
}
