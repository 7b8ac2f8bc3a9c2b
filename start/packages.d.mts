export function checkNode(version?: string): void
export function installPackages(root: string): boolean
