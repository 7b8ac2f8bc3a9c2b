/** Files that come in and go out: BPMN, DMN and forms. */
import { Button, FileButton } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'

/** Saves a text as a file. */
export function download(name: string, content: string, type = 'application/xml'): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

interface Props {
  label: string
  accept: string
  onOpen: (content: string, name: string) => void
}

export function OpenFile({ label, accept, onOpen }: Props) {
  return (
    <FileButton accept={accept} onChange={(file) => void file?.text().then((content) => onOpen(content, file.name))}>
      {(props) => (
        <Button variant="default" leftSection={<IconUpload size={16} aria-hidden />} {...props}>
          {label}
        </Button>
      )}
    </FileButton>
  )
}
