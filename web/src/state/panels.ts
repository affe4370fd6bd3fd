// The panels, loaded when first opened: what is needed to write comes first.

import type { Component } from 'svelte'

export const panelNames = [
  'documents',
  'branches',
  'ledger',
  'meters',
  'lanes',
  'settings',
  'help',
] as const

export type PanelName = (typeof panelNames)[number]

const loaders: Record<PanelName, () => Promise<{ default: Component }>> = {
  documents: () => import('../components/DocumentsPanel.svelte'),
  branches: () => import('../components/BranchesPanel.svelte'),
  ledger: () => import('../components/LedgerPanel.svelte'),
  meters: () => import('../components/MetersPanel.svelte'),
  lanes: () => import('../components/LanesPanel.svelte'),
  settings: () => import('../components/SettingsPanel.svelte'),
  help: () => import('../components/HelpPanel.svelte'),
}

export async function loadPanel(name: PanelName): Promise<Component> {
  return (await loaders[name]()).default
}

/** Fetches all of them while nothing else is to do, so that they open without the server, too. */
export function prefetchPanels(): void {
  setTimeout(() => {
    for (const name of panelNames) void loaders[name]()
    void import('uplot')
    void import('../components/Board.svelte')
    void import('../components/Colours.svelte')
  }, 2000)
}
