import type { Face } from './api';
import { palette } from './palette';

interface Props {
  face: Face;
  t: (key: string) => string;
}

export function FacePanel({ face, t }: Props) {
  const { pose, glasses, mask, quality } = face.attributes;
  return (
    <table style={{ background: palette.white, color: palette.black }}>
      <tbody>
        <tr><th>{t('panel.pose')}</th><td>{t(`pose.${pose}`)}</td></tr>
        <tr><th>{t('panel.glasses')}</th><td>{t(`glasses.${glasses}`)}</td></tr>
        <tr><th>口罩 / Mask</th><td>{t(`mask.${mask}`)}</td></tr>
        <tr><th>{t('panel.quality')}</th><td>{Math.round(quality * 100)} %</td></tr>
      </tbody>
    </table>
  );
}
