/** Where this browser keeps which office's reception was open last. */
export const RECEPTION_OFFICE = "servicecenter.reception-office";
