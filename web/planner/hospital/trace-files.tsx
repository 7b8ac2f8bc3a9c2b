/** A trace as a file: what is shown, kept; and one that was kept, or that `parcours simulate --trace` wrote, opened. */
import { Button, FileButton } from '@mantine/core'
import { IconDownload, IconFolderOpen } from '@tabler/icons-react'
import { decodeTrace, encodeTrace } from '../../../twin/trace/file.ts'
import type { Trace } from '../../../twin/trace/trace.ts'
import { text } from '../../shared/language.ts'

export function ExportTrace({ trace }: { trace: Trace }) {
  const save = () => {
    const url = URL.createObjectURL(
      new Blob([encodeTrace(trace) as Uint8Array<ArrayBuffer>], { type: 'application/octet-stream' }),
    )
    Object.assign(document.createElement('a'), { href: url, download: 'trace.bin' }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <Button size="compact-xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={save}>
      {text('hospital.export')}
    </Button>
  )
}

/** @param onOpen is given the trace, or why the file is none. */
export function OpenTrace({ onOpen }: { onOpen: (opened: { trace: Trace } | { error: unknown }) => void }) {
  const open = async (file: File | null) => {
    if (!file) return
    try {
      onOpen({ trace: decodeTrace(await file.arrayBuffer()) })
    } catch (error) {
      onOpen({ error })
    }
  }
  return (
    <FileButton accept=".bin,application/octet-stream" onChange={(file) => void open(file)}>
      {(props) => (
        <Button {...props} size="xs" variant="default" leftSection={<IconFolderOpen size={16} aria-hidden />}>
          {text('hospital.open')}
        </Button>
      )}
    </FileButton>
  )
}
