import Volume2 from 'lucide-react/icons/volume-2';
import { useEffect, useState } from 'react';
import { useFormat } from '../lib/format/use-format';
import { IconButton } from './button';

/** Reads a card aloud. Nothing is shown in a browser without speech synthesis. */
export function SpeakerButton({ text }: { text: string }) {
  const { say, language } = useFormat();
  const [speaking, setSpeaking] = useState(false);
  useEffect(() => () => globalThis.speechSynthesis?.cancel(), []);
  if (!('speechSynthesis' in globalThis)) return null;

  const toggle = () => {
    speechSynthesis.cancel();
    if (speaking) return setSpeaking(false);
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = language === 'hi' ? 'hi-IN' : 'en-IN';
    utterance.onend = utterance.onerror = () => setSpeaking(false);
    setSpeaking(true);
    speechSynthesis.speak(utterance);
  };
  return (
    <IconButton label={say(speaking ? 'speaker.stop' : 'speaker.read')} aria-pressed={speaking} onClick={toggle}>
      <Volume2 aria-hidden className={`size-icon ${speaking ? 'animate-breathe' : ''}`} />
    </IconButton>
  );
}
