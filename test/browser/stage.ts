/** A live hospital behind the real API and the real page, and browsers that look at it. */
import type { Browser } from 'playwright-core'
import { apiOn, type TestApi } from '../api/support.ts'
import { testPage } from '../services/index.ts'
import { LiveHospital } from '../workflows/support.ts'
import { openBrowser, type Served, served, type Visit, type Visitor, visit } from './looking.ts'

export class Stage {
  readonly hospital: LiveHospital
  readonly #folder: string
  readonly #browser: Browser
  #serving: (Served & { api: TestApi }) | null = null

  private constructor(hospital: LiveHospital, folder: string, browser: Browser) {
    this.hospital = hospital
    this.#folder = folder
    this.#browser = browser
  }

  /** @param prepare fills the hospital before anybody looks. */
  static async open(prepare: (hospital: LiveHospital) => Promise<void>): Promise<Stage> {
    const built = testPage()
    const hospital = await LiveHospital.open()
    await prepare(hospital)
    const stage = new Stage(hospital, await built, await openBrowser())
    await stage.serve()
    return stage
  }

  get url(): string {
    return this.#serving!.url
  }

  get browser(): Browser {
    return this.#browser
  }

  /** @param port any that is free, without. */
  async serve(port?: number): Promise<void> {
    const api = await apiOn(this.hospital.records, this.hospital.client, { pageFolders: [this.#folder] })
    this.#serving = { ...(await served(api, port)), api }
  }

  /** The API goes away; the hospital stays. */
  async stopServing(): Promise<void> {
    await this.#serving?.api.close()
    await this.#serving?.close()
    this.#serving = null
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.stopServing()
    await this.hospital.close()
  }

  /** A page of somebody signed in; whoever opens it closes it. */
  visit(path: string, visitor: Visitor): Promise<Visit> {
    return visit(this.#browser, this.url, path, visitor)
  }
}
