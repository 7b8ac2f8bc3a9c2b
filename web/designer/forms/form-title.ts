/** What a form is called by those who fill it in: its first heading, with the name by which steps refer to it. */
export function formTitle(id: string, schema: unknown): string {
  const components = (schema as { components?: { type?: string; text?: string }[] } | null)?.components ?? []
  const heading = components.find(({ type }) => type === 'text')?.text ?? ''
  const [title = ''] = /^#+\s*(.+)$/m.exec(heading)?.slice(1) ?? []
  return title === '' ? id : `${title.trim()} (${id})`
}
