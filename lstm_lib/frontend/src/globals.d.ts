declare module "*.css" {
  const text: string;
  export default text;
}
declare module "*.py" {
  const text: string;
  export default text;
}
declare module "virtual:locale" {
  const locale: Record<"pt" | "en", Record<string, string>>;
  export default locale;
}
