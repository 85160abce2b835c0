/** The bundler takes a view's styles along with it. */
declare module "*.css";
