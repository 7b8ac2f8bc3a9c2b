/** Adds a value to those of its key, in the order in which they come. */
export const gather = <Key, Value>(by: Map<Key, Value[]>, key: Key, value: Value): void => {
  const known = by.get(key)
  if (known) known.push(value)
  else by.set(key, [value])
}
