/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.spring;

/** What to do about a gateway that cannot be made. */
final class HowToSet {

    static final String PROPERTIES = """
            Set these, for example in application.properties:

                unfriend.sdk-app-id=1400000000
                unfriend.administrator=administrator
                unfriend.region=singapore

            and keep the secret key out of files: the environment variable UNFRIEND_SECRET_KEY is read as \
            unfriend.secret-key. Or define a FriendGateway bean of your own.""";

    private HowToSet() {}
}
