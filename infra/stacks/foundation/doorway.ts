import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { AccessLogField, AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpAuthorizer,
  HttpAuthorizerType,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import {
  AccountRecovery,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from "aws-cdk-lib/aws-cognito";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Municipality } from "#config/schema.ts";

/** The one scope: it proves that a token is an access token for us. Who may do what stands in each service. */
export const API_SCOPE = "servicecenter/api";

/** Who comes in and where: the staff's sign-in and the HTTP API with its one authorizer. */
export class Doorway extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly api: HttpApi;
  readonly authorizer: HttpAuthorizer;

  constructor(scope: Construct, id: string, municipality: Municipality) {
    super(scope, id);
    this.pool = staffPool(this);
    this.client = consoleClient(this.pool, municipality);
    this.api = new HttpApi(this, "Api", {
      apiName: `servicecenter-${municipality.organisation.id}`,
      createDefaultStage: false,
    });
    this.authorizer = new HttpAuthorizer(this, "Authorizer", {
      httpApi: this.api,
      type: HttpAuthorizerType.JWT,
      identitySource: ["$request.header.Authorization"],
      jwtIssuer: this.pool.userPoolProviderUrl,
      jwtAudience: [this.client.userPoolClientId],
    });
    new HttpStage(this, "Stage", {
      httpApi: this.api,
      autoDeploy: true,
      // Some ten agents and a few hundred officers; a burst is a page of a console that has just been opened.
      throttle: { rateLimit: 200, burstLimit: 400 },
      detailedMetricsEnabled: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog(this)),
        format: accessFormat(),
      },
    });
  }
}

function staffPool(scope: Construct): UserPool {
  return new UserPool(scope, "Staff", {
    selfSignUpEnabled: false,
    signInAliases: { email: true },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 14,
      requireDigits: true,
      requireLowercase: true,
      requireUppercase: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    userInvitation: {
      emailSubject: "Ditt konto i servicecentret",
      emailBody:
        "Du har fått ett konto i servicecentret. Användarnamn: {username} Tillfälligt lösenord: {####}",
    },
    userVerification: {
      emailSubject: "Din kod till servicecentret",
      emailBody: "Din kod till servicecentret är {####}",
    },
    featurePlan: FeaturePlan.PLUS,
    standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function consoleClient(pool: UserPool, { console, organisation }: Municipality): UserPoolClient {
  const apiScope = new ResourceServerScope({
    scopeName: "api",
    scopeDescription: "Call the servicecenter's API",
  });
  const server = pool.addResourceServer("Api", { identifier: "servicecenter", scopes: [apiScope] });
  pool.addDomain("SignIn", { cognitoDomain: { domainPrefix: `servicecenter-${organisation.id}` } });
  return pool.addClient("Console", {
    // A page in a browser keeps no secret: authorization code with PKCE only.
    generateSecret: false,
    authFlows: { user: false },
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.resourceServer(server, apiScope)],
      callbackUrls: [`${console.url}/`],
      logoutUrls: [`${console.url}/`],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(10),
    enableTokenRevocation: true,
    preventUserExistenceErrors: true,
  });
}

function accessLog(scope: Construct): LogGroup {
  return new LogGroup(scope, "AccessLog", {
    retention: RetentionDays.SIX_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** Ids, codes and times only: a path holds case ids and never names or numbers of people. */
function accessFormat(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: AccessLogField.contextRequestId(),
      at: AccessLogField.contextRequestTimeEpoch(),
      route: "$context.routeKey",
      path: AccessLogField.contextPath(),
      subject: "$context.authorizer.claims.sub",
      status: AccessLogField.contextStatus(),
      latencyMs: AccessLogField.contextResponseLatency(),
      authorizerError: "$context.authorizer.error",
      integrationError: "$context.integrationErrorMessage",
    }),
  );
}
