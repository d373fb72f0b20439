const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** How mails look: the colours of the app in sRGB, since few readers of mail know others. */
export const MAIL_STYLE = {
  /** For readers that know the person's choice; what stands with the elements is light. */
  sheet: `:root{color-scheme:light dark}
@media (prefers-color-scheme:dark){
.body{background:#0f1216!important;color:#eef0f4!important}
.card{background:#171a1f!important;border-color:#272a30!important}
.button{background:#5c5fdf!important}
.link{color:#aab1ff!important}
.faint,.foot{color:#abb0b7!important}
}`,
  body: `margin:0;padding:24px 12px;background:#f8f9fb;color:#181c23;${FONT};font-size:16px;line-height:1.5`,
  card: 'max-width:520px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #e2e4e7;border-radius:12px',
  brand: 'margin:0 0 20px;font-weight:700;font-size:17px',
  paragraph: 'margin:0 0 16px;overflow-wrap:anywhere',
  button:
    'display:inline-block;padding:11px 20px;border-radius:8px;background:#4f4dd3;color:#ffffff;font-weight:600;text-decoration:none',
  link: 'color:#4743c9;overflow-wrap:anywhere',
  faint: 'margin:0 0 16px;font-size:13px;color:#515760',
  foot: 'max-width:520px;margin:16px auto 0;text-align:center;font-size:13px;color:#515760',
} as const;
