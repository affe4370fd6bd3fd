import { createContext } from 'svelte'
import type { Writing } from './writing.svelte'

/** The place to write, for the panels that do something in it. */
export const [getWriting, setWriting] = createContext<Writing>()
