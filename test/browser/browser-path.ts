/** The browser that suites drive. */
// @ts-expect-error plain JavaScript: it runs before packages are there
import { findBrowser } from '../../start/browser.mjs'

export const browserPath = (): Promise<string> => findBrowser(() => {})
