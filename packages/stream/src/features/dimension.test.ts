import { describe, expect, it } from 'vitest'
import { rarityScore } from '../behaviours/rarity.ts'
import { Around, EVERYBODY } from '../memory/around.ts'
import { learnHabit, startHabit } from '../memory/habit.ts'
import { readRarity } from './dimension.ts'

/** An organisation in which each person of a department holds that department's tool and the mail. */
function organisation(people: number): Around {
  const around = new Around()
  for (let i = 0; i < people; i++) {
    const group = ['sales', 'research'][i % 2] as string
    around.count('service', group, 'mail', 1)
    around.count('service', group, `tool of ${group}`, 1)
  }
  around.tick()
  around.tick()
  return around
}

describe('trap: 0.5 for everyone who is new', () => {
  const scoreOf = (value: string, people = 100, group = 'sales') =>
    rarityScore(readRarity(startHabit(), value, 'service', { around: organisation(people), group }))

  it('who is new is judged by peers first, then by the organisation, then as what nobody has', () => {
    const ascending = ['mail', 'tool of sales', 'tool of research', 'unheard of'].map((value) => scoreOf(value))
    expect([...ascending].sort((a, b) => a - b)).toEqual(ascending)
    expect(new Set(ascending).size).toBe(4)
    expect(scoreOf('tool of research', 100, EVERYBODY), 'without peers both tools are alike').toBe(
      scoreOf('tool of sales', 100, EVERYBODY),
    )
  })

  it('does not find the usual stranger where more people live', () => {
    for (const value of ['mail', 'tool of sales'])
      expect(Math.abs(scoreOf(value, 1000) - scoreOf(value, 100))).toBeLessThan(0.2)
  })

  it('the own habit answers alone for what it holds', () => {
    const habit = startHabit()
    for (let hour = 0; hour < 20; hour++) learnHabit(habit, 'unheard of', 480_000 + hour, { capacity: 8, halfLife: 45 })
    const values = readRarity(habit, 'unheard of', 'service', { around: organisation(100), group: 'sales' })
    expect(rarityScore(values)).toBeCloseTo(0, 12)
  })
})
