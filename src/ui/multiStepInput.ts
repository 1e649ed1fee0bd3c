import * as vscode from 'vscode';
import { createInputBox, createQuickPick, type QuickInput } from './quickInput';
import { isSameName } from '../shared/plainText';
import type { Field } from '../core/services/contract/signIn';

/** Title, step counter and Back button of one wizard step. */
export interface WizardStep {
  readonly title: string;
  /** From 1; absent, like the total, if there is only one step or their number is unknown. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** True if there is a previous step. */
  readonly back: boolean;
}

/** How a step ended. */
export type Answer<T> =
  { readonly go: 'next'; readonly value: T } | { readonly go: 'back' } | { readonly go: 'cancel' };

/** A step that asks for text. */
export interface TextQuestion {
  readonly prompt: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly password?: boolean;
  /** What is wrong with the initial value; shown until the user types. */
  readonly validationMessage?: string;
  /** Another way to answer, as a button of the box. */
  readonly alternative?: Alternative;
  /** @returns what is wrong with the trimmed text, or undefined. */
  validate(text: string): string | undefined;
}

/** Another way to answer a step. */
export interface Alternative {
  readonly title: string;
  readonly icon: vscode.ThemeIcon;
  /** @returns undefined if the user canceled, and is asked for text again. */
  readonly ask: () => Promise<string | undefined>;
}

/** Asks for text, and returns it trimmed. */
export async function askText(frame: WizardStep, question: TextQuestion): Promise<Answer<string>> {
  for (;;) {
    const answer = await askOnce(frame, question);
    if (answer.go !== 'alternative') return answer;
    const value = await question.alternative?.ask();
    if (value !== undefined) return { go: 'next', value };
  }
}

/** How a step ended that has an alternative. */
type AnswerOrAlternative<T> = Answer<T> | { readonly go: 'alternative' };

function askOnce(frame: WizardStep, question: TextQuestion): Promise<AnswerOrAlternative<string>> {
  const box = createInputBox();
  const { prompt, placeholder, validationMessage } = question;
  box.value = question.value;
  box.password = question.password ?? false;
  box.setTexts({ prompt, placeholder, validationMessage });
  box.onDidChangeValue((text) => {
    // An empty text is not reported while typing.
    box.setTexts({ validationMessage: text === '' ? undefined : question.validate(text.trim()) });
  });
  const read = (): string | undefined => {
    const text = box.value.trim();
    const validationMessage = question.validate(text);
    box.setTexts({ validationMessage });
    return validationMessage === undefined ? text : undefined;
  };
  return ask(box, frame, read, question.alternative);
}

/** Asks the user to type a name, and accepts nothing else. Returns the name as typed. */
export function askTypedName(frame: WizardStep, name: string, prompt: string): Promise<Answer<string>> {
  return askText(frame, {
    prompt,
    value: '',
    validate: (text) =>
      isSameName(text, name) ? undefined : vscode.l10n.t('The name does not match: {0}', name),
  });
}

/** A step that asks for one of several items. */
export interface ChoiceQuestion<T extends vscode.QuickPickItem> {
  readonly placeholder: string;
  readonly items: readonly T[];
  readonly active?: T | undefined;
  /** False for an item that cannot be chosen. Default: all can be. */
  readonly isAnswer?: (item: T) => boolean;
}

/** Asks for one of several items. */
export async function askChoice<T extends vscode.QuickPickItem>(
  frame: WizardStep,
  question: ChoiceQuestion<T>,
): Promise<Answer<T>> {
  const pick = createQuickPick<T>();
  pick.setTexts({ placeholder: question.placeholder });
  pick.setItems(question.items);
  pick.matchOnDescription = true;
  if (question.active) pick.setActiveItem(question.active);
  const isAnswer = question.isAnswer ?? (() => true);
  const answer = await ask(pick, frame, () => {
    const item = pick.getActiveItem();
    return item && isAnswer(item) ? item : undefined;
  });
  return answer.go === 'alternative' ? { go: 'back' } : answer;
}

/** Shows an input until the user accepts a valid answer, goes back, or closes it. */
async function ask<T>(
  input: QuickInput,
  { title, step, totalSteps, back }: WizardStep,
  read: () => T | undefined,
  alternative?: Alternative,
): Promise<AnswerOrAlternative<T>> {
  input.setTexts({ title, step, totalSteps });
  input.ignoreFocusOut = true;
  const other = alternative && { iconPath: alternative.icon, tooltip: alternative.title };
  input.buttons = [...(back ? [vscode.QuickInputButtons.Back] : []), ...(other ? [other] : [])];
  try {
    return await new Promise<AnswerOrAlternative<T>>((resolve) => {
      input.onDidAccept(() => {
        const value = read();
        if (value !== undefined) resolve({ go: 'next', value });
      });
      input.onDidTriggerButton((button) => {
        resolve({ go: other !== undefined && button === other ? 'alternative' : 'back' });
      });
      input.onDidHide(() => {
        resolve({ go: 'cancel' });
      });
      input.show();
    });
  } finally {
    input.dispose();
  }
}

/** Asks for the value of a field: one of its choices if it has any, else a text. */
export async function askValue(
  frame: WizardStep,
  { choices, placeholder, prompt, secret }: Field,
  question: Omit<TextQuestion, 'prompt' | 'password'>,
): Promise<Answer<string>> {
  if (!choices) {
    return askText(frame, {
      ...(placeholder !== undefined && { placeholder }),
      ...question,
      prompt,
      password: secret,
    });
  }
  const items = choices.map(({ value, label, description = '', problem }) => ({
    ...{ value, label, description },
    ...(problem && { iconPath: new vscode.ThemeIcon('warning') }),
    isAnswer: problem === undefined,
  }));
  const active = items.find(({ value, isAnswer }) => isAnswer && value === question.value);
  const answer = await askChoice(frame, {
    placeholder: question.validationMessage ?? prompt,
    items,
    active,
    isAnswer: (item) => item.isAnswer,
  });
  return answer.go === 'next' ? { go: 'next', value: answer.value.value } : answer;
}
